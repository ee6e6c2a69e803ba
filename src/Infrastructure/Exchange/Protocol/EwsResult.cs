using System.Diagnostics.CodeAnalysis;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>An outcome, whatever its value is.</summary>
internal interface IEwsResult
{
    EwsError? Error { get; }
}

/// <summary>The outcome for one input of a batch: a value or an error, never both.</summary>
internal sealed record EwsResult<T> : IEwsResult where T : class
{
    public EwsResult(T value) => Value = value;

    public EwsResult(EwsError error) => Error = error;

    public T? Value { get; }

    public EwsError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The value, or the error as an <see cref="EwsResponseException"/>.</summary>
    public T ValueOrThrow() => Succeeded ? Value : throw new EwsResponseException(Error);
}
