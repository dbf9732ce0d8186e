"""How long things are kept in a process: lengths, closing, the end of research, warnings, and the job."""
