namespace CleanSync.Domain;

/// <summary>Either done, or refused with the reason. An unhandled exception is an exception instead.</summary>
public class Result
{
    private protected Result(Error? refusal) => Refusal = refusal;

    public static Result Done { get; } = new(null);

    public Error? Refusal { get; }

    public bool IsRefused => Refusal is not null;

    /// <summary>The value, whatever its type; null when there is none.</summary>
    public virtual object? Content => null;

    public static implicit operator Result(Error refusal) => new(refusal);
}

/// <summary>Either a value, or refused with the reason.</summary>
public sealed class Result<T> : Result
{
    private readonly T? value;

    private Result(T? value, Error? refusal)
        : base(refusal) => this.value = value;

    /// <summary>The value; asking for it after a refusal is a programming error.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal.Code}.");

    public override object? Content => Refusal is null ? value : null;

    /// <summary>What follows from the value; a refusal stays one.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => Refusal is { } refusal ? refusal : next(Value);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error refusal) => new(default, refusal);
}
