package lychgate.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The PEM blocks of a file (RFC 7468), in order. Other text, blanks and line ends of any kind are
 * ignored.
 *
 * @param blocks the complete blocks
 * @param begun the labels of all blocks that begin, complete or not
 */
record PemFile(List<Block> blocks, List<String> begun) {
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+?) *-----");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+:.*");

    /**
     * One block.
     *
     * @param label the word after BEGIN
     * @param headers header lines, which old encrypted keys have
     * @param base64 the content, without blanks
     */
    record Block(String label, List<String> headers, String base64) {
        Block {
            headers = List.copyOf(headers);
        }

        boolean isPrivateKey() {
            return label.endsWith("PRIVATE KEY");
        }

        /** Whether a password is needed to read it. */
        boolean isEncrypted() {
            return label.contains("ENCRYPTED")
                    || headers.stream().anyMatch(header -> header.contains("ENCRYPTED"));
        }

        /**
         * Its content.
         *
         * @throws IllegalArgumentException if it is not base64
         */
        byte[] content() {
            return Base64.getDecoder().decode(base64);
        }

        /** The block in the strict form that every reader takes. */
        String pem() {
            StringBuilder pem = new StringBuilder("-----BEGIN " + label + "-----\n");
            headers.forEach(header -> pem.append(header).append('\n'));
            pem.append(headers.isEmpty() ? "" : "\n");
            pem.append(base64.replaceAll("(.{1,64})", "$1\n"));
            return pem.append("-----END ").append(label).append("-----\n").toString();
        }
    }

    PemFile {
        blocks = List.copyOf(blocks);
        begun = List.copyOf(begun);
    }

    /** Reads a file. */
    static PemFile read(Path file) throws IOException {
        return of(PrivateFile.read(file));
    }

    /** Finds the PEM blocks in the bytes of a file. */
    static PemFile of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> begun = BEGIN.matcher(text).results().map(found -> found.group(1)).toList();
        List<Block> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        int at = 0;
        while (begin.find(at)) {
            MatchResult found = begin.toMatchResult();
            Matcher end =
                    Pattern.compile("-----END " + found.group(1) + " *-----")
                            .matcher(text)
                            .region(found.end(), text.length());
            boolean next = begin.find(found.end());
            at = found.end();
            if (end.find() && !(next && begin.start() < end.start())) {
                blocks.add(block(found.group(1), text.substring(found.end(), end.start())));
                at = end.end();
            }
        }
        return new PemFile(blocks, begun);
    }

    /** Whether every block of that kind is complete. */
    boolean isWhole(Pattern labels) {
        long whole = blocks.stream().filter(b -> labels.matcher(b.label).matches()).count();
        return whole == begun.stream().filter(labels.asMatchPredicate()).count();
    }

    private static Block block(String label, String content) {
        List<String> headers = new ArrayList<>();
        StringBuilder base64 = new StringBuilder();
        for (String line : content.lines().map(String::strip).toList()) {
            if (base64.isEmpty() && HEADER.matcher(line).matches()) {
                headers.add(line);
            } else {
                base64.append(line.replaceAll("\\s", ""));
            }
        }
        return new Block(label, headers, base64.toString());
    }
}
