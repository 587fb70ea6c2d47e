SECRET_KEY = "for tests"
INSTALLED_APPS = []
