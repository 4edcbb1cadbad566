"""The check of deliveries: reads files, brings each person's records together, runs the rules, counts what it saw."""
