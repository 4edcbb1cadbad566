"""Reference data: institutions, RIO, programmes, training companies, code tables, all with validity dates."""
