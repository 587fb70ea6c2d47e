class Archive:
    def db_for_write(self, model, **hints):
        return "archive" if model.__name__ == "Legacy" else None
