from absent_package import views
