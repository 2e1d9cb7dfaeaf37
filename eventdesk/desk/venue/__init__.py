"""The whole venue as seen from one desk: what each desk reports, calls for help, orders, how fast guests
go in."""
