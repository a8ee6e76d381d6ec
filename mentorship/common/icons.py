"""The icon set: one stroke drawing a name, on a 24 by 24 grid, drawn with square ends."""

ICONS: dict[str, str] = {
    # places in the studio
    "home": "M3 11 12 4l9 7M5.5 10v10h13V10M3 20h18",
    "overview": "M3 5h18v3H3zM6 8v11M10.5 8v7M15 8v11M19 8v5",
    "pair": "M4 5h16v3.5H4zM8 8.5v7M16 8.5v7M5.5 15.5h5V20h-5zM13.5 15.5h5V20h-5z",
    "file": "M6 3h12v18H6zM9 7v10M12 7v10M15 7v6",
    "clinic": "M5 6h14v15H5zM9 3h6v5H9zM8.5 14.5h7M12 11v7",
    "promote": "M12 14a5 5 0 100-10 5 5 0 000 10zM9 13.5V21l3-2 3 2v-7.5",
    "log": "M4 20l4-1L19 8l-3-3L5 16zM14 7l3 3",
    "letter": "M4 4h16v16H4zM9.3 4v16M14.7 4v16M6.7 8v8",
    "people": "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM3 20c0-4 2.5-6 6-6s6 "
    "2 6 6zM15.5 4.3a3.5 3.5 0 010 6.4M17 14.5c2.6.6 4 2.5 4 5.5h-3",
    "person": "M12 11.5a4 4 0 100-8 4 4 0 000 8zM4.5 20.5c0-4.5 3-6.5 7.5-6.5s7.5 2 7.5 6.5z",
    "card": "M3 5h18v14H3zM8.5 12a2 2 0 100-4 2 2 0 000 4zM5.5 16c.3-1.8 "
    "1.3-2.7 3-2.7s2.7.9 3 2.7M14.5 9.5H18M14.5 13.5H18",
    "mail": "M3 6h18v13H3zM3.5 6.5 12 13l8.5-6.5",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8M8 14.5h2M14 14.5h2",
    "history": "M4 12a8 8 0 108-8 8 8 0 00-6.5 3.3M5 3.5v4.3h4.3M12 8v4.5l3 2",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M13 4.5h4v5h-4zM7 14.5h4v5H7z",
    "help": "M12 21a9 9 0 100-18 9 9 0 000 18zM9.3 9.7C9.3 8 10.4 7 12 7s2.7 1 2.7 2.5c0 2-2.7 2.3-2.7 4.5M12 17v.3",
    # acts
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3M12 14.5v2.5",
    "unlock": "M6 11h12v9H6zM8.5 11V7a3.5 3.5 0 016.8-1.2M12 14.5v2.5",
    "undo": "M9 6 4 11l5 5M4 11h10a6 6 0 016 6v2",
    "swap": "M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4",
    "shuffle": "M3 7h4l9 10h5M3 17h4l2.2-2.5M13.5 9.6 16 7h5M18 4l3 3-3 3M18 14l3 3-3 3",
    "seal": "M5 5h14v14H5zM9 9h6v6H9z",
    "phone": "M5 4h4l2 5-2.5 1.5a11 11 0 005 5L15 13l5 2v4c0 1-1 1.5-2 1.5C10.5 20 4 13.5 3.5 6 3.5 5 4 4 5 4z",
    "plus": "M12 5v14M5 12h14",
    "search": "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM15.5 15.5 20.5 20.5",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "upload": "M12 16V4M7 8.5 12 4l5 4.5M4 15v5h16v-5",
    "download": "M12 4v12M7 11.5l5 4.5 5-4.5M4 15v5h16v-5",
    "camera": "M3 8h4l2-3h6l2 3h4v11H3zM12 17a3.5 3.5 0 100-7 3.5 3.5 0 000 7z",
    "compare": "M4 4h6.5v16H4zM13.5 4H20v16h-6.5zM6 8h2.5M6 12h2.5M15.5 8H18M15.5 12H18M15.5 16H18",
    "list": "M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.6M4 12h.6M4 18h.6",
    "leave": "M14 8V4H4v16h10v-4M9 12h11.5M17 8.5l3.5 3.5-3.5 3.5",
    # marks
    "check": "M4 12.5l5 5L20 6.5",
    "info": "M12 21a9 9 0 100-18 9 9 0 000 18zM12 11v5.5M12 7.5v.3",
    "warn": "M12 4l9 16H3zM12 10v4.5M12 17.2v.3",
    "close": "M6 6l12 12M18 6L6 18",
    "chevron": "M6 9.5l6 6 6-6",
    "back": "M14.5 6l-6 6 6 6",
    "device": "M7 2.5h10v19H7zM10.5 18.5h3",
}


def icon(name: str) -> str:
    """One icon as an inline, hidden SVG. An unknown name is a mistake of ours and raises KeyError."""
    return f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{ICONS[name]}"/></svg>'
