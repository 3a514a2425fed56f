<?php
// /big borrows 20 MB for the time of a request, the others nothing. PHP keeps nothing of either.
if (str_starts_with($_SERVER['REQUEST_URI'], '/big')) {
    $borrowed = str_repeat('x', 20_000_000);
}
echo "ok\n";
