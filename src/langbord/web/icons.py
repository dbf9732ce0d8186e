"""The icons: one hand (round ends, a line of two units on a grid of 24), always shown beside their word.

Only the shapes; `{% icon "home" %}` draws them. They are hidden from screen readers, because the word is there.
"""

from __future__ import annotations

from typing import Final

_DOT = 'stroke-width="3.4"'

SHAPES: Final[dict[str, str]] = {
    "home": '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>',
    "tell": '<path d="M4 5h16v11H10l-5 4v-4H4z"/>',
    "group": f'<rect x="4" y="9.5" width="16" height="5" rx="2.5"/>'
    f'<path {_DOT} d="M8 5.5v.01M12 5.5v.01M16 5.5v.01M8 18.5v.01M12 18.5v.01M16 18.5v.01"/>',
    "table": f'<rect x="3" y="8.5" width="18" height="7" rx="3.5"/>'
    f'<path {_DOT} d="M7.5 4.5v.01M12 4.5v.01M16.5 4.5v.01M7.5 19.5v.01M12 19.5v.01M16.5 19.5v.01"/>',
    "question": f'<path d="M8.5 9a3.5 3.5 0 117 0c0 2.4-3.5 2.6-3.5 5"/><path {_DOT} d="M12 18.6v.01"/>',
    "me": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c1-4.5 4-6 7.5-6s6.5 1.5 7.5 6"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M3 19.5c.7-4 3-5.5 6-5.5s5.3 1.5 6 5.5"/>'
    '<path d="M15.5 5.3a3.5 3.5 0 010 6.4M17.5 14.5c2 .7 3.1 2.3 3.5 5"/>',
    "door": f'<path d="M6 21V4h12v17M3.5 21h17"/><path {_DOT} d="M14.5 12.5v.01"/>',
    "door-open": f'<path d="M6 21V4h12v17M3.5 21h17M6 4l7 3v14"/><path {_DOT} d="M10.5 13.5v.01"/>',
    "board": '<rect x="3.5" y="4.5" width="17" height="13" rx="2"/><path d="M7.5 9h9M7.5 13h5M9 21l1-3.5M15 21l-1-3.5"/>',
    "promise": '<path d="M4 5h16v11H10l-5 4v-4H4z"/><path d="M8.5 10.5l2.5 2.5 4.5-5"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14.5" rx="2.5"/><path d="M4 10.5h16M8.5 3.5v4M15.5 3.5v4"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "place": '<path d="M12 21c4.5-5 6.5-8 6.5-11a6.5 6.5 0 10-13 0c0 3 2 6 6.5 11z"/><circle cx="12" cy="10" r="2.2"/>',
    "food": '<path d="M4 12h16a8 8 0 01-16 0zM8.5 8.5c-1-1.5 1-2.5 0-4M13 8.5c-1-1.5 1-2.5 0-4"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7z"/>',
    "listen": '<path d="M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4 4 0 010 6M18 6.5a8 8 0 010 11"/>',
    "stop": '<rect x="6.5" y="6.5" width="11" height="11" rx="2"/>',
    "write": '<path d="M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3"/>',
    "minutes": '<path d="M6 3.5h9l4 4v13H6zM9.5 11h6M9.5 15h6"/>',
    "carry": '<path d="M3.5 12h13M12 7l5 5-5 5M20.5 5v14"/>',
    "arrow": '<path d="M4.5 12h15M13.5 6l6 6-6 6"/>',
    "back": '<path d="M19.5 12h-15M10.5 6l-6 6 6 6"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "wait": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "note": f'<circle cx="12" cy="12" r="8.5"/><path d="M12 11.5v5"/><path {_DOT} d="M12 7.8v.01"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>',
    "eye": '<path d="M2.5 12c2.5-4.5 5.7-6.5 9.5-6.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5s-7-2-9.5-6.5z"/>'
    '<circle cx="12" cy="12" r="3"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="9.5" rx="2.5"/><path d="M8 10.5V8a4 4 0 018 0v2.5"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="M11 12l8.5-8.5M16 7l3 3"/>',
    "card": '<rect x="3" y="5.5" width="18" height="13" rx="2.5"/><path d="M3 10h18M7 14.5h4"/>',
    "exchange": '<path d="M4 9h14M14 5l4 4-4 4M20 16H6M10 12l-4 4 4 4"/>',
    "rules": '<path d="M9 6h11M9 12h11M9 18h11"/><path ' + _DOT + ' d="M4.5 6v.01M4.5 12v.01M4.5 18v.01"/>',
    "library": '<path d="M5 4v16M9.5 4v16M13.5 5l5 15"/>',
    "phone": '<rect x="7" y="3" width="10" height="18" rx="2.5"/><path d="M11 17.5h2"/>',
    "leave": '<path d="M10 4H5v16h5M9.5 12h10M15.5 8l4 4-4 4"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "bin": '<path d="M4.5 7h15M9 7V4.5h6V7M6.5 7l1 13h9l1-13"/>',
}
