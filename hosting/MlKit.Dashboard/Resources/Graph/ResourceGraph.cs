namespace MlKit.Dashboard.Resources.Graph;

/// <summary>
/// The resources with their references and waits as a picture in columns: who needs stands left of what is needed.
/// Long lines pass through places of their own in the columns between, so that they cross no resource.
/// </summary>
internal sealed class ResourceGraph
{
    /// <summary>The size of a resource in the picture, in CSS pixels.</summary>
    public const double NodeWidth = 180, NodeHeight = 66;

    private const double ColumnGap = 52, RowGap = 24, Margin = 20;
    private const int Sweeps = 6;

    private ResourceGraph(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
    {
        Nodes = nodes;
        Edges = edges;
        Width = nodes.Count == 0 ? 0 : nodes.Max(node => node.X) + NodeWidth + Margin;
        Height = nodes.Count == 0 ? 0 : nodes.Max(node => node.Y) + NodeHeight + Margin;
    }

    /// <summary>The resources.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>The lines between them.</summary>
    public IReadOnlyList<GraphEdge> Edges { get; }

    /// <summary>The picture's width in CSS pixels.</summary>
    public double Width { get; }

    /// <summary>The picture's height.</summary>
    public double Height { get; }

    /// <summary>Arranges resources; relations to resources that are not among them are left out.</summary>
    public static ResourceGraph Of(IEnumerable<ResourceSnapshot> resources)
    {
        var byName = resources.GroupBy(resource => resource.Name).ToDictionary(group => group.Key, group => (IReadOnlyList<ResourceSnapshot>)[.. group]);
        var links = LinksOf(byName);
        var columns = Columns(byName.Keys.Order(StringComparer.OrdinalIgnoreCase).ToList(), links.Keys, out var routes);
        Untangle(columns, routes);
        var places = Place(columns);
        return new ResourceGraph(
            [.. byName.Select(pair => new GraphNode(pair.Key, pair.Value, places[pair.Key].X, places[pair.Key].Y))],
            [.. links.Select(link => Edge(link.Key, link.Value, routes[link.Key], places))]);
    }

    private static Dictionary<(string From, string To), GraphEdgeKind> LinksOf(Dictionary<string, IReadOnlyList<ResourceSnapshot>> byName)
    {
        var links = new Dictionary<(string, string), GraphEdgeKind>();
        foreach (var (name, replicas) in byName)
        {
            foreach (var relation in replicas[0].Relations.Where(relation => relation.ResourceName != name && byName.ContainsKey(relation.ResourceName)))
            {
                var kind = relation.Type switch { "WaitFor" => GraphEdgeKind.Wait, "Parent" => GraphEdgeKind.Parent, _ => GraphEdgeKind.Reference };
                links[(name, relation.ResourceName)] = links.GetValueOrDefault((name, relation.ResourceName)) | kind;
            }
        }

        return links;
    }

    // A resource stands one column right of the last that needs it; a line that would close a circle does not count.
    private static List<List<string>> Columns(
        List<string> names, IEnumerable<(string From, string To)> links, out Dictionary<(string From, string To), IReadOnlyList<string>> routes)
    {
        var ahead = WithoutCircles(names, links.ToLookup(link => link.From, link => link.To));
        var rank = names.ToDictionary(name => name, _ => 0);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (from, to) in ahead.Where(link => rank[link.To] <= rank[link.From]))
            {
                rank[to] = rank[from] + 1;
                changed = true;
            }
        }

        var columns = Enumerable.Range(0, rank.Count == 0 ? 0 : rank.Values.Max() + 1).Select(_ => new List<string>()).ToList();
        names.ForEach(name => columns[rank[name]].Add(name));
        columns.RemoveAll(column => column.Count == 0);
        var place = columns.SelectMany((column, index) => column.Select(name => (name, index))).ToDictionary(pair => pair.name, pair => pair.index);
        routes = links.ToDictionary(link => link, link => Route(link, place, columns));
        return columns;
    }

    private static List<(string From, string To)> WithoutCircles(List<string> names, ILookup<string, string> needs)
    {
        var kept = new List<(string, string)>();
        var finished = new HashSet<string>();
        var open = new HashSet<string>();
        void Visit(string name)
        {
            open.Add(name);
            foreach (var needed in needs[name].Where(needed => !open.Contains(needed)))
            {
                kept.Add((name, needed));
                if (!finished.Contains(needed))
                {
                    Visit(needed);
                }
            }

            open.Remove(name);
            finished.Add(name);
        }

        foreach (var name in names.Where(name => !finished.Contains(name)))
        {
            Visit(name);
        }

        return kept;
    }

    // Invisible places in the columns between; their names cannot be those of resources.
    private static IReadOnlyList<string> Route((string From, string To) link, Dictionary<string, int> place, List<List<string>> columns)
    {
        var route = new List<string> { link.From };
        for (var column = place[link.From] + 1; column < place[link.To]; column++)
        {
            var bend = $"\0{link.From}\0{link.To}\0{column}";
            columns[column].Add(bend);
            route.Add(bend);
        }

        route.Add(link.To);
        return route;
    }

    // Each sweep puts a column in the order of the middle of its neighbours in the column before, to and fro.
    private static void Untangle(List<List<string>> columns, Dictionary<(string From, string To), IReadOnlyList<string>> routes)
    {
        var steps = routes.Values.SelectMany(route => route.Zip(route.Skip(1))).ToList();
        var left = steps.ToLookup(step => step.Second, step => step.First);
        var right = steps.ToLookup(step => step.First, step => step.Second);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var forward = sweep % 2 == 0;
            for (var i = 1; i < columns.Count; i++)
            {
                var column = columns[forward ? i : columns.Count - 1 - i];
                var before = columns[forward ? i - 1 : columns.Count - i];
                var middles = column.ToDictionary(name => name, name => Middle(name, forward ? left : right, before, column));
                column.Sort((a, b) => middles[a] != middles[b] ? middles[a].CompareTo(middles[b]) : StringComparer.OrdinalIgnoreCase.Compare(a, b));
            }
        }
    }

    private static double Middle(string name, ILookup<string, string> neighbours, List<string> before, List<string> column)
    {
        var places = neighbours[name].Select(other => before.IndexOf(other)).Where(place => place >= 0).ToList();
        return places.Count > 0 ? (places.Average() + 0.5) / before.Count : (column.IndexOf(name) + 0.5) / column.Count;
    }

    private static Dictionary<string, (double X, double Y)> Place(List<List<string>> columns)
    {
        double HeightOf(string name) => name.StartsWith('\0') ? RowGap : NodeHeight;
        var heights = columns.Select(column => column.Sum(name => HeightOf(name)) + ((column.Count - 1) * RowGap)).ToList();
        var places = new Dictionary<string, (double, double)>();
        for (var i = 0; i < columns.Count; i++)
        {
            var y = Margin + ((heights.Max() - heights[i]) / 2);
            foreach (var name in columns[i])
            {
                places[name] = (Margin + (i * (NodeWidth + ColumnGap)), y);
                y += HeightOf(name) + RowGap;
            }
        }

        return places;
    }

    private static GraphEdge Edge(
        (string From, string To) link, GraphEdgeKind kind, IReadOnlyList<string> route, Dictionary<string, (double X, double Y)> places)
    {
        var points = new List<(double, double)> { (places[link.From].X + NodeWidth, places[link.From].Y + (NodeHeight / 2)) };
        foreach (var bend in route.Skip(1).SkipLast(1))
        {
            points.Add((places[bend].X, places[bend].Y + (RowGap / 2)));
            points.Add((places[bend].X + NodeWidth, places[bend].Y + (RowGap / 2)));
        }

        points.Add((places[link.To].X, places[link.To].Y + (NodeHeight / 2)));
        return new GraphEdge(link.From, link.To, kind, points);
    }
}
