using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>When the caller's password expires.</summary>
/// <param name="EndsAt">Null when it never does, and when the server named no date that can be one.</param>
/// <param name="NeverEnds">The server named the last day of the calendar, which is how it says never.</param>
internal sealed record PasswordLife(DateTimeOffset? EndsAt, bool NeverEnds)
{
    public static PasswordLife Unknown { get; } = new(null, false);
}

/// <summary>GetPasswordExpirationDate: of the account that calls; from Exchange 2010 SP2. Its answer has no list of messages.</summary>
internal sealed class GetPasswordExpirationDate : IEwsOperation<EwsResult<PasswordLife>>
{
    /// <summary>Exchange is younger than any date before.</summary>
    private const int FirstYear = 2000;

    public string Name => "GetPasswordExpirationDate";

    /// <summary>Without a mailbox it is about the caller.</summary>
    public void Write(EwsXmlWriter xml)
    {
    }

    public EwsResult<PasswordLife> Read(EwsXmlReader xml) => ResponseMessages.ReadItself(
        xml, PasswordLife.Unknown, (xml, soFar) => xml.Is("PasswordExpirationDate") ? ReadDate(xml.Text()) : soFar);

    private static PasswordLife ReadDate(string text)
    {
        if (text.StartsWith("9999-", StringComparison.Ordinal)) return new PasswordLife(null, true);
        var zoneless = false;
        return EwsTime.Parse(text, ref zoneless) is { Year: >= FirstYear } date ? new PasswordLife(date, false) : PasswordLife.Unknown;
    }
}
