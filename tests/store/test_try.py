def test_x(north, south, acquaint):
    acquaint(north, south)
