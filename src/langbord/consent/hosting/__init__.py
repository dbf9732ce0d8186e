"""Consent as hosts and coordinators handle it: on paper, aloud with a witness, for adults beside a young person; and what
each role may know of others' answers."""
