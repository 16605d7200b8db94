namespace MlKit.Scorer.Guard;

/// <summary>What an ONNX file refers to, read before any runtime sees it.</summary>
internal sealed class OnnxContents
{
    private const int MaxDepth = 64;
    private readonly HashSet<string> _external = new(StringComparer.Ordinal);
    private readonly HashSet<(string Domain, string Operator)> _operators = [];
    private readonly HashSet<string> _ownDomains = new(StringComparer.Ordinal);
    private int _depth;

    private OnnxContents()
    {
    }

    /// <summary>Files with weights outside of the model file, as the model writes them.</summary>
    public IReadOnlyCollection<string> ExternalFiles => _external;

    /// <summary>Operators with their domains, but for those that the model defines itself.</summary>
    public IEnumerable<(string Domain, string Operator)> Operators => _operators.Where(one => !_ownDomains.Contains(one.Domain));

    /// <exception cref="FormatException">It is not an ONNX model.</exception>
    public static OnnxContents Read(string file)
    {
        var contents = new OnnxContents();
        using var stream = new BufferedStream(File.OpenRead(file), 1 << 16);
        var walker = new ProtobufWalker(stream);
        var graphs = 0;
        walker.Visit(stream.Length, (field, end) =>
        {
            switch (field)
            {
                case 7:
                    graphs++;
                    contents.Graph(walker, end);
                    break;
                case 25:
                    contents.Function(walker, end);
                    break;
            }
        });
        return graphs > 0 ? contents : throw new FormatException("the file is not an ONNX model: it has no graph");
    }

    private void Graph(ProtobufWalker walker, long end)
    {
        if (++_depth > MaxDepth)
        {
            throw new FormatException($"the model nests graphs deeper than {MaxDepth} levels");
        }

        walker.Visit(end, (field, fieldEnd) =>
        {
            switch (field)
            {
                case 1:
                    Node(walker, fieldEnd);
                    break;
                case 5:
                    Tensor(walker, fieldEnd);
                    break;
                case 15:
                    Sparse(walker, fieldEnd);
                    break;
            }
        });
        _depth--;
    }

    private void Function(ProtobufWalker walker, long end) => walker.Visit(end, (field, fieldEnd) =>
    {
        switch (field)
        {
            case 7:
                Node(walker, fieldEnd);
                break;
            case 10:
                _ownDomains.Add(walker.Text(fieldEnd));
                break;
        }
    });

    private void Node(ProtobufWalker walker, long end)
    {
        var (type, domain) = ("", "");
        walker.Visit(end, (field, fieldEnd) =>
        {
            switch (field)
            {
                case 4:
                    type = walker.Text(fieldEnd);
                    break;
                case 5:
                    Attribute(walker, fieldEnd);
                    break;
                case 7:
                    domain = walker.Text(fieldEnd);
                    break;
            }
        });
        _operators.Add((domain, type));
    }

    private void Attribute(ProtobufWalker walker, long end) => walker.Visit(end, (field, fieldEnd) =>
    {
        switch (field)
        {
            case 5 or 10:
                Tensor(walker, fieldEnd);
                break;
            case 6 or 11:
                Graph(walker, fieldEnd);
                break;
            case 22 or 23:
                Sparse(walker, fieldEnd);
                break;
        }
    });

    private void Sparse(ProtobufWalker walker, long end) => walker.Visit(end, (field, fieldEnd) =>
    {
        if (field is 1 or 2)
        {
            Tensor(walker, fieldEnd);
        }
    });

    private void Tensor(ProtobufWalker walker, long end) => walker.Visit(end, (field, fieldEnd) =>
    {
        if (field == 13)
        {
            External(walker, fieldEnd);
        }
    });

    private void External(ProtobufWalker walker, long end)
    {
        var (key, value) = ("", "");
        walker.Visit(end, (field, fieldEnd) =>
        {
            if (field == 1)
            {
                key = walker.Text(fieldEnd);
            }
            else if (field == 2)
            {
                value = walker.Text(fieldEnd);
            }
        });
        if (key == "location")
        {
            _external.Add(value);
        }
    }
}
