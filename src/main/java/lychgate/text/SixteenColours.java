package lychgate.text;

import java.util.Map;
import java.util.TreeMap;

/** Maps colours of the cube, and greys, to the 16 colours: Evennia's own table. */
final class SixteenColours {
    private static final int BRIGHT = 8;

    /**
     * For each of the eight colours: the codes mapped to it, and those mapped to its bright form.
     */
    private static final String[][] GROUPS = {
        {"000", "111 112 121 122 211 212 221 222"},
        {
            "100 200",
            "300 301 302 310 311 312 320 321 400 401 402 410 411 412 420 421 422 500 501 502 510"
                    + " 511 512 520 521 522"
        },
        {
            "010 020 120",
            "030 031 032 040 041 042 050 051 052 130 131 132 140 141 142 150 151 152 230 231 240"
                    + " 241 242 250 251 252"
        },
        {
            "110 210 220",
            "330 331 340 341 342 350 351 352 430 431 432 440 441 442 450 451 452 453 530 531 532"
                    + " 533 540 541 542 543 550 551 552 553"
        },
        {
            "001 002",
            "003 004 005 013 014 015 023 024 025 103 104 105 113 114 115 123 124 125 203 204 205"
                    + " 213 214 215 224 225"
        },
        {
            "101 102 201 202",
            "303 304 305 313 314 315 324 325 403 404 405 413 414 415 423 424 425 435 503 504 505"
                    + " 513 514 515 523 524 525 534 535"
        },
        {
            "011 012 021 022",
            "033 034 035 043 044 045 053 054 055 133 134 135 143 144 145 153 154 155 234 235 243"
                    + " 244 245 253 254 255 335 345 353 354 355"
        },
        {"223 232 233 322 323 332 333 334 343 344 433 434 443 444", "445 454 455 544 545 554 555"},
    };

    private static final Map<String, Integer> BY_CODE = byCode();

    private SixteenColours() {}

    /** The colour, 0 to 7, or 8 to 15 if bright. */
    static int of(Colour.Cube cube) {
        Integer found = BY_CODE.get("" + cube.red() + cube.green() + cube.blue());
        if (found == null) {
            throw new IllegalStateException("no colour for " + cube);
        }
        return found;
    }

    /** The same for a grey. */
    static int of(Colour.Grey grey) {
        char letter = (char) ('a' + grey.level());
        if (letter <= 'c') {
            return 0;
        }
        if (letter <= 'm') {
            return BRIGHT;
        }
        return letter <= 'w' ? 7 : 7 + BRIGHT;
    }

    /** The background for a grey: one for the dark half, one for the light half. */
    static int backgroundOf(Colour.Grey grey) {
        return grey.level() <= 'm' - 'a' ? 0 : 7;
    }

    private static Map<String, Integer> byCode() {
        Map<String, Integer> map = new TreeMap<>();
        for (int colour = 0; colour < GROUPS.length; colour++) {
            for (int bright = 0; bright < 2; bright++) {
                for (String code : GROUPS[colour][bright].split(" ", -1)) {
                    map.put(code, colour + BRIGHT * bright);
                }
            }
        }
        return map;
    }
}
