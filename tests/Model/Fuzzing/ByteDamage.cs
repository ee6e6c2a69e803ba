namespace CleanSync.Model.Fuzzing;

/// <summary>Damage by a wire that knows nothing of XML.</summary>
internal static class ByteDamage
{
    private static readonly byte[][] Snippets =
    [
        "<"u8.ToArray(), ">"u8
            .ToArray(), "&"u8
            .ToArray(), "\""u8
            .ToArray(), "]]>"u8
            .ToArray(), "<!--"u8
            .ToArray(), "<![CDATA["u8
            .ToArray(), "<?xml version=\"1.0\"?>"u8
            .ToArray(), "<!DOCTYPE a>"u8
            .ToArray(),
        "</t:CalendarItem>"u8.ToArray(), "<t:CalendarItem>"u8
            .ToArray(), "</m:ResponseMessages>"u8
            .ToArray(), "<t:ItemId Id=\"x\"/>"u8
            .ToArray(), "&#x1A;"u8
            .ToArray(), "&#0;"u8
            .ToArray(), "&#xFFFFFFFF;"u8
            .ToArray(), "&amp;"u8
            .ToArray(),
        [0], [0x1A], [0x1B, 0x5B], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xC3], [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [0x80],
    ];

    public static byte[] Damage(byte[] body, Dice dice)
    {
        for (var times = dice.Between(1, 4); times > 0 && body.Length > 1; times--) body = Once(body, dice);
        return body;
    }

    private static byte[] Once(byte[] body, Dice dice)
    {
        var at = dice.Below(body.Length);
        var length = Math.Min(dice.OneIn(3) ? dice.Between(1, 400) : dice.Between(1, 8), body.Length - at);
        switch (dice.Below(7))
        {
            case 0:
                return With(body, at, (byte)(body[at] ^ (1 << dice.Below(8))));
            case 1:
                return With(body, at, (byte)dice.Below(256));
            case 2:
                return [.. body[..at], .. body[(at + length)..]];
            case 3:
                return [.. body[..(at + length)], .. body[at..]];
            case 4:
                return [.. body[..at], .. dice.Of(Snippets), .. body[at..]];
            case 5:
                var to = dice.Below(body.Length - length + 1);
                byte[] without = [.. body[..at], .. body[(at + length)..]];
                to = Math.Min(to, without.Length);
                return [.. without[..to], .. body[at..(at + length)], .. without[to..]];
            default:
                return [.. body[..at], .. dice.Of(Snippets), .. body[(at + length)..]];
        }
    }

    private static byte[] With(byte[] body, int at, byte value)
    {
        var changed = (byte[])body.Clone();
        changed[at] = value;
        return changed;
    }
}
