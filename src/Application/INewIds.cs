namespace CleanSync.Application;

/// <summary>The ids of what is new. Injected, because with them a history can be played again.</summary>
public interface INewIds
{
    /// <summary>One that nobody else gives, in the order of time.</summary>
    Guid Next();
}

internal sealed class TimeOrderedIds(TimeProvider time) : INewIds
{
    public Guid Next() => Guid.CreateVersion7(time.GetUtcNow());
}
