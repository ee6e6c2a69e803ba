using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>How what takes many parameters is written.</summary>
internal static class SignatureRules
{
    private const int MostOnALine = 4;
    private const string Many = "src/Application/Many.cs";

    public static IEnumerable<Rule> All =>
    [
        new($"A signature with more than {MostOnALine} parameters has one on a line",
            house => house.Files.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(Crowded),
            () => House.Of(
                new HouseFile(
                    Many,
                    """
                    record Few(int A, int B, int C, int D);
                    record Spread(
                        int A,
                        int B,
                        int C,
                        int D,
                        int E);
                    class Crowded
                    {
                        void Run(int a, int b, int c,
                            int d, int e) => Call((v, w, x, y, z) => v, 1, 2, 3, 4);
                    }
                    """)),
            $"{Many}:10"),
    ];

    private static IEnumerable<string> Crowded(HouseFile file) =>
        CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes().OfType<ParameterListSyntax>()
            .Where(list => list.Parent is not LambdaExpressionSyntax && list.Parameters.Count > MostOnALine)
            .Where(list => list.Parameters.Select(Line).Append(Line(list)).Distinct().Count() <= list.Parameters.Count)
            .Select(list => $"{file.Path}:{Line(list) + 1} has {list.Parameters.Count} parameters side by side");

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line;
}
