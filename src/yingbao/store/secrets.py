def check_fit(): pass
def forget(): pass
