package lychgate.keys;

/**
 * What a person wants to know of an SSH host key; {@link #toString} is what {@code ssh-keygen -l}
 * prints of it.
 *
 * @param bits its size
 * @param fingerprint {@code SHA256:} and base64, as SSH clients show it
 * @param comment that stands with it in its file
 * @param type {@code ED25519} or {@code RSA}
 */
public record HostKey(int bits, String fingerprint, String comment, String type) {
    @Override
    public String toString() {
        return bits + " " + fingerprint + " " + comment + " (" + type + ")";
    }
}
