using System.Text;

namespace MlKit.Dashboard.Resources.Graph;

/// <summary>The resource graph as text in Mermaid's notation: <c>GET /api/graph</c>.</summary>
internal static class MermaidGraph
{
    /// <summary>Maps the download.</summary>
    public static void MapGraphDownload(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(
        "/api/graph",
        (ResourceStore resources) => Results.File(Encoding.UTF8.GetBytes(Write(resources.All.Where(resource => !resource.IsHidden))), "text/plain; charset=utf-8", "resources.mmd"));

    /// <summary>The resources and their relations; waits without a reference are dotted.</summary>
    public static string Write(IEnumerable<ResourceSnapshot> resources)
    {
        var graph = ResourceGraph.Of(resources);
        var ids = graph.Nodes.Select((node, index) => (node.Name, Id: $"r{index}")).ToDictionary(pair => pair.Name, pair => pair.Id);
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in graph.Nodes)
        {
            text.Append("  ").Append(ids[node.Name]).Append("[\"").Append(node.Name.Replace('"', '\'')).Append("<br/>")
                .Append(node.Shown.Type.Replace('"', '\'')).Append("\"]\n");
        }

        foreach (var edge in graph.Edges)
        {
            text.Append("  ").Append(ids[edge.From]).Append(edge.Kind == GraphEdgeKind.Wait ? " -.-> " : " --> ").Append(ids[edge.To]).Append('\n');
        }

        return text.ToString();
    }
}
