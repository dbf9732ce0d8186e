"""Running an installation: backup, restore, drill, and the exchange of the master key. Copies tables without knowing
what they mean, and shows nobody's words."""
