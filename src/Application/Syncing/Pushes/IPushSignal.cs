namespace CleanSync.Application.Syncing.Pushes;

/// <summary>Says that these calendars have something to push; the push starts at once, in the background.</summary>
public interface IPushSignal
{
    void Announce(IEnumerable<Guid> linkIds);
}
