"""The benchmark: the main pages against a minimal Django project, at two sizes of data, in one run."""
