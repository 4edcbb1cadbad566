"""A fictitious mbo sector: institutions, students and their deliveries, with counted faults; one seed, one sector.

Nobody in it exists. Numbers, codes and names are made so that they cannot be taken for real ones (see ``nummers`` and
``instellingen``); only the programmes are facts, of an old law text.
"""
