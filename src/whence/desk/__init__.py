"""The desk: the web application in which a community checks stories together (extra `desk`).

Django lives here and nowhere else. Models hold what people did, services do it (one transaction each, with its entry
in the public log), views and the API show it; the domain itself stays in the library: services call `whence.read`,
`whence.match` and `whence.consensus`.
"""
