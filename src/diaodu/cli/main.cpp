#include "diaodu/cli/options.h"

int main(int argc, char** argv) { return diaodu::cli::run(argc, argv); }
