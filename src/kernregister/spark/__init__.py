"""A sector on more than one machine: the same engine and the same funding under Apache Spark, over Parquet.

Only ``__main__`` knows Spark; what it runs is a plain function over Arrow batches, which runs without it too.
"""
