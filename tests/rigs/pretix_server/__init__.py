"""A real pretix on this computer, over HTTP: installed into an environment of its own, seeded, started,
stopped.

pretix is AGPL and none of ours: it runs beside the project. `installing` fetches it once and keeps it in
the user's cache; `seeding` runs in its environment and makes an organizer with two events;
`server.PretixServer` is a process of it. By hand:

python -m tests.rigs.pretix_server 5000

starts one with 5,000 orders, prints where it is and its tokens, and ends with Ctrl-C.
"""
