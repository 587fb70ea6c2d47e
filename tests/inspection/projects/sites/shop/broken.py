print "Book.objects.all()"
