"""The peer of the portal: a bare Django page beside it, on the same database, with the same session and permission.

One indexed query under the same row level security, fifty rows in a template without a frame, by the same web server
with as many processes and threads: what a page costs at the very least.
"""
