using CsCheck;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Resources.Graph;

namespace MlKit.Dashboard.Tests.Resources;

public sealed class ResourceGraphTests
{
    [Fact]
    public void Who_needs_stands_left_of_what_is_needed()
    {
        var graph = ResourceGraph.Of([Needing("api", "scorer", "feast"), Needing("scorer", "mlflow"), Needing("feast", "redis"), Needing("mlflow"), Needing("redis")]);
        foreach (var edge in graph.Edges)
        {
            Assert.True(Node(graph, edge.From).X < Node(graph, edge.To).X, $"{edge.From} -> {edge.To}");
        }

        Assert.Equal(4, graph.Edges.Count);
    }

    [Fact]
    public void Replicas_share_a_place_and_the_one_that_is_not_well_is_shown()
    {
        var graph = ResourceGraph.Of([Needing("api") with { Id = "api-1" }, Needing("api") with { Id = "api-2", State = "FailedToStart" }]);
        var node = Assert.Single(graph.Nodes);
        Assert.Equal(2, node.Replicas.Count);
        Assert.Equal("api-2", node.Shown.Id);
    }

    [Fact]
    public void A_reference_and_a_wait_are_one_line() =>
        Assert.Equal(GraphEdgeKind.Reference | GraphEdgeKind.Wait, Assert.Single(ResourceGraph.Of(
        [
            Needing("api") with { Relations = [new("db", "Reference"), new("db", "WaitFor"), new("unknown", "Reference"), new("api", "Parent")] },
            Needing("db"),
        ]).Edges).Kind);

    [Fact]
    public void No_two_resources_overlap_whatever_needs_what() =>
        Gen.Int[0, 11].Array[0, 40].Sample(
            numbers =>
            {
                var needs = numbers.Chunk(2).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
                var graph = ResourceGraph.Of(Enumerable.Range(0, 12).Select(i => Needing($"r{i}", [.. needs[i].Select(other => $"r{other}")])));
                return graph.Nodes.Count == 12 && graph.Nodes.All(a => graph.Nodes.All(b => a == b
                    || Math.Abs(a.X - b.X) >= ResourceGraph.NodeWidth || Math.Abs(a.Y - b.Y) >= ResourceGraph.NodeHeight));
            },
            iter: 2_000, seed: "0000KDsW8kI3");

    [Fact]
    public void The_graph_is_written_in_Mermaids_notation()
    {
        var text = MermaidGraph.Write([Needing("api", "db"), Needing("db")]);
        Assert.Equal("flowchart LR\n  r0[\"api<br/>Project\"]\n  r1[\"db<br/>Project\"]\n  r0 --> r1\n", text);
    }

    private static GraphNode Node(ResourceGraph graph, string name) => graph.Nodes.Single(node => node.Name == name);

    private static ResourceSnapshot Needing(string name, params string[] others) => new()
    {
        Id = name,
        Name = name,
        DisplayName = name,
        Type = "Project",
        State = "Running",
        Relations = [.. others.Select(other => new ResourceRelation(other, "Reference"))],
    };
}
