package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.ByteBuilder;
import lychgate.telnet.CharacterSets;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * CHARSET: negotiates the character set of the text, in both directions (RFC 2066).
 *
 * <p>We offer it; if that is refused we request it instead, because MUSHclient supports only that
 * direction. Either way we request UTF-8 first. A client may send a request, too; if both do, RFC
 * 2066 lets ours win. Translation tables are not supported.
 */
final class CharsetOption implements TelnetOption {
    private static final byte REQUEST = 1;
    private static final byte ACCEPTED = 2;
    private static final byte REJECTED = 3;
    private static final byte TTABLE_IS = 4;
    private static final byte TTABLE_REJECTED = 5;
    private static final byte[] TTABLE = "[TTABLE]".getBytes(StandardCharsets.US_ASCII);
    private static final char SEPARATOR = ';';
    private static final String SOURCE = "CHARSET";

    /** Sets of a client's request that are examined: looking up unknown sets is costly. */
    private static final int MAX_NAMES = 64;

    /** Counts requests with more sets than that, none of whose first are supported. */
    private static final String TOO_MANY = "charset_names";

    private boolean requested;
    private boolean asking;
    private boolean askedForIt;

    @Override
    public int code() {
        return Telnet.CHARSET;
    }

    @Override
    public String name() {
        return "charset";
    }

    @Override
    public Stance stance() {
        return Stance.WE_OFFER_EITHER;
    }

    @Override
    public boolean asking() {
        return asking;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        if (!requested) {
            requested = true;
            asking = true;
            link.subnegotiate(request());
        }
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        asking = false;
        if (side == Side.US && !requested && !askedForIt) {
            askedForIt = true;
            link.request(Side.THEM, true);
        }
    }

    @Override
    public void received(byte[] payload, OptionLink link) {
        switch (payload.length == 0 ? 0 : payload[0]) {
            case REQUEST -> requested(payload, link);
            case ACCEPTED -> accepted(text(payload, 1, payload.length), link);
            case REJECTED -> asking = false; // what was declared before stays
            case TTABLE_IS -> link.subnegotiate(TTABLE_REJECTED);
            default -> link.malformed(name());
        }
    }

    private void accepted(String name, OptionLink link) {
        Charset charset = CharacterSets.named(name);
        if (charset == null || !asking) {
            link.malformed(name());
            return;
        }
        asking = false;
        link.learned(Fact.CHARSET, charset.name(), SOURCE);
    }

    /** Handles the client's request, which names its sets in order of preference. */
    private void requested(byte[] payload, OptionLink link) {
        int from = startsWithTable(payload) ? TTABLE.length + 2 : 1; // a version follows it
        if (from + 1 >= payload.length) {
            link.malformed(name());
            return;
        }
        if (asking) {
            link.subnegotiate(REJECTED); // our own request is pending
            return;
        }
        String names = text(payload, from + 1, payload.length);
        String separator = text(payload, from, from + 1);
        String[] offered = names.split(Pattern.quote(separator), MAX_NAMES + 1);
        String chosen = first(offered);
        Charset charset = chosen == null ? null : CharacterSets.named(chosen);
        if (chosen == null || charset == null) {
            if (offered.length > MAX_NAMES) {
                link.malformed(TOO_MANY);
            }
            link.subnegotiate(REJECTED);
            return;
        }
        ByteBuilder answer = new ByteBuilder();
        answer.add(ACCEPTED);
        answer.add(chosen.getBytes(StandardCharsets.US_ASCII));
        link.subnegotiate(answer.take());
        link.learned(Fact.CHARSET, charset.name(), SOURCE);
    }

    private static @Nullable String first(String[] names) {
        return Arrays.stream(names)
                .limit(MAX_NAMES)
                .filter(name -> CharacterSets.named(name) != null)
                .findFirst()
                .orElse(null);
    }

    private static boolean startsWithTable(byte[] payload) {
        return payload.length > TTABLE.length
                && Arrays.equals(payload, 1, 1 + TTABLE.length, TTABLE, 0, TTABLE.length);
    }

    private static byte[] request() {
        StringBuilder names = new StringBuilder();
        CharacterSets.all().forEach(set -> names.append(SEPARATOR).append(set.name()));
        ByteBuilder request = new ByteBuilder();
        request.add(REQUEST);
        request.add(names.toString().getBytes(StandardCharsets.US_ASCII));
        return request.take();
    }

    private static String text(byte[] payload, int from, int to) {
        return new String(payload, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
