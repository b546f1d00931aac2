/* A run that is asked for. Then come the texts, each ended by a zero: the folder, the words, the variables. */
struct asked {
    int words, variables, mask, nice;
    unsigned long bytes;
};
