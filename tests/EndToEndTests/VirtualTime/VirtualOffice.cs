using CleanSync.EndToEndTests.Hosting;
using CleanSync.Model.VirtualTime;

namespace CleanSync.EndToEndTests.VirtualTime;

/// <summary>
/// A simulated Exchange for so many staff members on virtual time, from a Monday morning on, and the folder of a node beside it.
/// </summary>
internal sealed class VirtualOffice : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly int staff;

    public VirtualOffice(int staff)
    {
        this.staff = staff;
        Thread = new VirtualThread(Start);
        Exchange = new VirtualExchange(Thread, staff);
    }

    public DateTimeOffset Start { get; } = new(2026, 7, 6, 8, 0, 0, TimeSpan.Zero);

    public VirtualThread Thread { get; }

    public VirtualExchange Exchange { get; }

    public IReadOnlyList<string> Staff => [.. Enumerable.Range(0, staff).Select(VirtualNode.Staff)];

    /// <summary>A node that runs by itself and has everybody linked; their first passes have not run.</summary>
    public async Task<VirtualNode> Run()
    {
        var node = await VirtualNode.Start(Thread, Exchange, folder.Path);
        node.Begin();
        await node.Connect(staff);
        return node;
    }

    public void Dispose() => folder.Dispose();
}
