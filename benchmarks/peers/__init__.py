"""The same work as a good analyst would do it with another tool. One script a tool, on files made for it beforehand."""
