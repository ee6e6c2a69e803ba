using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Model.Fuzzing;

/// <summary>What holds for the reading of every input, whatever it is.</summary>
internal sealed class Laws
{
    /// <summary>
    /// What one call allocates without a body, and how much for each byte of one: a text is kept as UTF-16, once in the reader and once in
    /// the value; the most expensive are attributes, some two hundred bytes each.
    /// </summary>
    private const long Base = 192 * 1024, PerByte = 48;

    private const int LongestMessage = 400;

    private readonly Dictionary<Answer, string> alike = [];

    /// <summary>The first law that the reading breaks, in words; null if it keeps them all.</summary>
    public string? Broken(Input input, Reading reading, Wire wire)
    {
        if (reading.Failure is { } failure && Untyped(failure) is { } how) return how;
        if (wire.Taken > ResponseBody.MaxBytes + 64 * 1024) return $"it took {wire.Taken} bytes of a body";
        if (wire.Reads > wire.Taken + 2) return $"it came {wire.Reads} times for {wire.Taken} bytes";
        if (wire.Allocated > Base + (PerByte * wire.Taken)) return $"it allocated {wire.Allocated} bytes to read {wire.Taken}";
        return input.Promise switch
        {
            Promise.IsNoSuccess when reading.Succeeded => "an answer that was cut off reads as a success",
            Promise.ReadsAlike when reading.Describe() != Alike(input.Answer) =>
                $"a change without meaning reads otherwise:\n{reading.Describe()}\ninstead of\n{Alike(input.Answer)}",
            _ when reading.Succeeded => WrongItems.Find(input, reading) ?? Untranslatable(reading),
            _ => null,
        };
    }

    private static string? Untyped(Exception failure)
    {
        if (failure is not (EwsFaultException or EwsResponseException or EwsHttpException or EwsMalformedResponseException))
            return $"untyped failure {failure.GetType().Name} at {failure.StackTrace?.Split('\n')[0].Trim()}";
        if (failure.Message.Length > LongestMessage) return $"a failure of {failure.Message.Length} characters";
        return failure.Message.Any(char.IsControl) ? "a failure with control characters in its message" : null;
    }

    private static string? Untranslatable(Reading reading)
    {
        foreach (var item in reading.Messages.SelectMany(m => m).OfType<CalendarItem>())
        {
            try
            {
                foreach (var zone in new[] { "Europe/Berlin", "Pacific/Auckland", "America/Santiago" })
                    if (CalendarItemTranslator.Translate(item, zone) is { } translated
                        && translated.Times.End < translated.Times.Start
                        && item.End >= item.Start) return "an event ends before it begins";
            }
            catch (Exception thrown)
            {
                return $"an item that was read makes the translator throw {thrown.GetType().Name} at {thrown.StackTrace?.Split('\n')[0].Trim()}";
            }
        }
        return null;
    }

    private string Alike(Answer answer)
    {
        lock (alike)
        {
            if (alike.TryGetValue(answer, out var reading)) return reading;
            using var plain = new Wire();
            return alike[answer] = plain.Read(new Input(answer, answer.Status, answer.Body, Promise.Nothing, "as it was")).Describe();
        }
    }
}
