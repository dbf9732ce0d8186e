"""Readability and word advice: pure functions over text, for those who write in the service.

Never used on what a citizen writes or says: nobody's own words are corrected.
"""
