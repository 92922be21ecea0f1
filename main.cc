// From argv to an exit status.
int main() { return 0; }
