from .levels import Levels, latest_ratings, levels_of, levels_of_all, starting_levels

__all__ = ["Levels", "latest_ratings", "levels_of", "levels_of_all", "starting_levels"]
