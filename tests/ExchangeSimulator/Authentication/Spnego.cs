using System.Formats.Asn1;

namespace CleanSync.ExchangeSimulator.Authentication;

/// <summary>
/// The wrapping that Negotiate puts around the messages of NTLM (RFC 4178). Nothing of it is checked but that it can be read.
/// </summary>
internal static class Spnego
{
    private const string Ntlm = "1.3.6.1.4.1.311.2.2.10";

    private static readonly Asn1Tag Initial = new(TagClass.Application, 0), Response = Tag(1);

    /// <summary>The message inside; null when there is none.</summary>
    public static byte[]? Unwrap(byte[] token)
    {
        try
        {
            var reader = new AsnReader(token, AsnEncodingRules.BER);
            if (reader.PeekTag().HasSameClassAndValue(Initial))
            {
                reader = reader.ReadSequence(Initial);
                reader.ReadObjectIdentifier();
                return Octets(reader.ReadSequence(Tag(0)).ReadSequence(), Tag(2));
            }
            return Octets(reader.ReadSequence(Response).ReadSequence(), Tag(2));
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>A challenge: NTLM is taken, and more has to follow.</summary>
    public static byte[] Wrap(byte[] challenge)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence(Response))
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Tag(0))) writer.WriteEnumeratedValue(State.AcceptIncomplete);
            using (writer.PushSequence(Tag(1))) writer.WriteObjectIdentifier(Ntlm);
            using (writer.PushSequence(Tag(2))) writer.WriteOctetString(challenge);
        }
        return writer.Encode();
    }

    private static byte[]? Octets(AsnReader fields, Asn1Tag wanted)
    {
        while (fields.HasData)
        {
            if (fields.PeekTag().HasSameClassAndValue(wanted)) return fields.ReadSequence(wanted).ReadOctetString();
            fields.ReadEncodedValue();
        }
        return null;
    }

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number);

    private enum State { AcceptCompleted, AcceptIncomplete }
}
