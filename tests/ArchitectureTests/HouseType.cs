namespace CleanSync.ArchitectureTests;

/// <param name="Uses">Full names of all types that its signatures and bodies mention.</param>
/// <param name="Makes">Full names of the types of which it makes an instance, anew or as a changed copy.</param>
internal sealed record HouseType(Type Type, IReadOnlyList<string> Uses, IReadOnlyList<string> Makes)
{
    public string Name => Type.FullName!;

    public bool IsIn(string area) => Belongs(Name, area);

    public IEnumerable<string> UsesOf(params string[] areas) => Uses.Where(u => areas.Any(area => Belongs(u, area)));

    public static bool Belongs(string fullName, string area) =>
        fullName == area
            || fullName.StartsWith(area + ".", StringComparison.Ordinal)
            || fullName.StartsWith(area + "+", StringComparison.Ordinal);
}
