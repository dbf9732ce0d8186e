"""The privacy statement, and the record of processing made from what the installation knows of itself."""
