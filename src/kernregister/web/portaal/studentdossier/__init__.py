"""The studentdossier of the portal (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 07 and 08)."""
