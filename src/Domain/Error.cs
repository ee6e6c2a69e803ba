using System.Text;

namespace CleanSync.Domain;

/// <summary>A refusal: a stable code, and a sentence that says what was expected and what to do.</summary>
public abstract record Error(string Message)
{
    /// <summary>The record's name in kebab case; stable, published in the API as <c>urn:cleansync:{Code}</c>.</summary>
    public string Code => Kebab(GetType().Name);

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }
}

/// <summary>What was sent can never be accepted as it is.</summary>
public abstract record InvalidInput(string Message) : Error(Message);

/// <summary>What was named does not exist.</summary>
public abstract record NotFound(string Message) : Error(Message);

/// <summary>The state of things does not allow it now.</summary>
public abstract record Conflict(string Message) : Error(Message);

/// <summary>Something outside CleanSync that is needed for it does not answer.</summary>
public abstract record Unavailable(string Message) : Error(Message);

/// <summary>What nobody foresaw: a bug, a full disk, a broken database.</summary>
/// <param name="LogMark">What its lines in the log carry.</param>
/// <param name="Hint">What to do, as the end of a sentence.</param>
public sealed record Unexpected(string LogMark, string Hint)
    : Error($"This is a fault of CleanSync's, or of the machine beneath it, such as a full disk. It is in the log under {LogMark}: {Hint}.")
{
    /// <summary>What every unhandled exception is known by.</summary>
    public static string Name { get; } = new Unexpected("", "").Code;

    /// <summary>Of something that is tried again by itself.</summary>
    public static Unexpected TriedAgain(Guid pass) =>
        new($"'{pass}'", "look there for the reason. It is tried again by itself, less and less often");
}

/// <summary>Somebody else changed the same thing since it was read.</summary>
public sealed record ChangedMeanwhile(string What)
    : Conflict($"{What} was changed by somebody else since you read it. Read it again and repeat your change.");
