import module java.base;

/**
 * Edits the pom that is installed, so that a game or plugin is compiled against the libraries that
 * occur in signatures of Lychgate, and not against those that Lychgate merely runs with.
 */
void main(String[] args) throws IOException {
    Set<String> inSignatures = Set.of("jspecify", "error_prone_annotations", "slf4j-api");
    Path file = Path.of(args[0]);
    Pattern dependency = Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL);
    String pom = Files.readString(file);
    String edited =
            dependency
                    .matcher(pom)
                    .replaceAll(
                            found -> {
                                String text = found.group();
                                boolean compiledAgainst =
                                        inSignatures.stream()
                                                .anyMatch(
                                                        id ->
                                                                text.contains(
                                                                        "<artifactId>"
                                                                                + id
                                                                                + "</artifactId>"));
                                return Matcher.quoteReplacement(
                                        compiledAgainst
                                                ? text
                                                : text.replace(
                                                        "<scope>compile</scope>",
                                                        "<scope>runtime</scope>"));
                            });
    if (edited.contains("<parent>") || !edited.contains("<scope>runtime</scope>")) {
        throw new IllegalStateException(file + " is not as expected");
    }
    Files.writeString(file, edited);
}
