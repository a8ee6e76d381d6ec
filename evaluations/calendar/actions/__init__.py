from .feeds import digest_of, feed_with, make_feed, note_fetch, revoke_feed

__all__ = ["digest_of", "feed_with", "make_feed", "note_fetch", "revoke_feed"]
