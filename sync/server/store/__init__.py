"""The node's store on a database: `SqlLogs` (`logs.py`), one file a subject."""
