"""Working with the guide: points as invitations, what is missing before we invite, what this is to us just now."""
