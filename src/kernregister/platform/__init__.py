"""What every facility stands on, without a word of education: database, roles, isolation, logs, clock, tasks."""
