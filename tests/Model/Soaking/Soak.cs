using System.Diagnostics;
using System.Globalization;

namespace CleanSync.Model.Soaking;

/// <summary>The command: an hour of virtual time, or two minutes on real sockets.</summary>
internal static class Soak
{
    public static async Task<int> Run(string[] args)
    {
        if (args.Contains("--real")) return await RealSoak.Run(Number(args, "--seconds", 120));
        var folder = Directory.CreateTempSubdirectory("cleansync-soak-").FullName;
        var watch = Stopwatch.StartNew();
        try
        {
            var report = new VirtualSoak(
                Number(args, "--mailboxes", 40), Number(args, "--minutes", 60), Number(args, "--seed", 1)).Run(folder);
            Console.WriteLine(report);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.0} s"));
            return report.IsWell ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
