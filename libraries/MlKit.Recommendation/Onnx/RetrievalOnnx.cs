using System.Globalization;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Retrieval;

namespace MlKit.Recommendation.Onnx;

/// <summary>
/// Writes a retrieval model as ONNX. Inputs: <c>item_ids</c> [1, H] raw ids (INT64 where every id of the data is such
/// a number, else STRING), <c>weights</c> FLOAT [1, H] (see <see cref="HistoryWeights"/>; 0 only masks the item),
/// <c>k</c> INT64 [1]. Outputs, the candidates of <see cref="CandidateUnion"/>, best first, K = min(k, items): <c>candidate_ids</c> [1, K] of the type of the inputs,
/// <c>scores</c> FLOAT [1, K], <c>components</c> FLOAT [1, K, C] (z-scores of the parts that the metadata
/// <c>mlkit.components</c> names). Items of the
/// history score -3e38 and come last: callers drop them. Unknown ids count for nothing; without any known id the
/// scores are time-decayed popularity.
/// </summary>
public static class RetrievalOnnx
{
    /// <summary>Score of an item that is in the history.</summary>
    public const float Masked = -3e38f;

    /// <summary>The bytes of the ONNX model.</summary>
    public static byte[] Write(RetrievalModel model, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return new Writer(model, data).Write();
    }

    private sealed class Writer
    {
        private readonly OnnxGraph _graph = new("recommender-retrieval");
        private readonly RetrievalModel _model;
        private readonly DataSet _data;
        private readonly string[] _ids;
        private readonly long _n;
        private readonly Dictionary<DenseRows, string> _gathered = [];
        private readonly Dictionary<SparseRows, (string Targets, string Values)> _sparse = [];
        private string _minusOne = "";
        private string _index = "";
        private string _weight = "";
        private string _counts = "";

        public Writer(RetrievalModel model, DataSet data)
        {
            _model = model;
            _data = data;
            _n = model.Items.Count;
            _ids = model.ItemIds;
        }

        private int IdType => _data.HasIntegerItemIds ? OnnxGraph.Int64 : OnnxGraph.String;

        public byte[] Write()
        {
            var itemIds = _graph.Input("item_ids", IdType, 1, "H");
            var weights = _graph.Input("weights", OnnxGraph.Float, 1, "H");
            var k = _graph.Input("k", OnnxGraph.Int64, 1);

            _minusOne = _graph.Constant([-1L], 1);
            _index = _graph.Node("Reshape", [Encode(itemIds), _minusOne]);
            _weight = _graph.Node("Reshape", [weights, _minusOne]);
            _counts = _graph.Node("Greater", [_weight, Scalar(0)]);

            string[] parts = [.. _model.Components.Select(part => Standardize(Scores(part.Scorer)))];
            var blend = _graph.Constant(new float[_n], 1, _n);
            for (var c = 0; c < parts.Length; c++)
            {
                if (_model.Components[c].Weight != 0)
                {
                    blend = _graph.Node("Add", [blend, _graph.Node("Mul", [parts[c], Scalar(_model.Components[c].Weight)])]);
                }
            }

            var popularity = _graph.Constant(_model.Popularity, 1, _n);
            var (known, seen) = (AnyKnown(), Seen());
            string Mask(string scores) => _graph.Node("Where", [seen, Scalar(Masked), scores]);
            var total = Mask(_graph.Node("Where", [known, blend, popularity]));
            List<string> sources = [Best(total, _model.Options.BlendCandidates)];
            for (var c = 0; c < parts.Length; c++)
            {
                if (_model.Options.CandidateSources.TryGetValue(_model.Components[c].Name, out var count))
                {
                    sources.Add(Best(Mask(parts[c]), count));
                }
            }

            var lift = _graph.Node("Where", [known, Scalar(CandidateUnion.Lift), Scalar(0)]);
            var lifted = _graph.Node("Add", [total, _graph.Node("Mul", [_graph.Node("Max", [.. sources]), lift])]);
            Choose(total, lifted, k, parts);
            return _graph.ToBytes(Metadata());
        }

        /// <summary>1 for the best items of a source, 0 for all others.</summary>
        private string Best(string scores, int count)
        {
            var wanted = Math.Min(count, _n);
            string[] best = [_graph.NewName(), _graph.NewName()];
            _graph.Node("TopK", [scores, _graph.Constant([wanted], 1)], best, OnnxAttribute.Of("axis", 1L));
            var ones = _graph.Constant([.. Enumerable.Repeat(1f, (int)wanted)], 1, wanted);
            return _graph.Node("ScatterElements", [_graph.Constant(new float[_n], 1, _n), best[1], ones], OnnxAttribute.Of("axis", 1L));
        }

        private string Scores(HistoryScorer scorer) => scorer switch
        {
            LinearScorer { Rows: DenseRows rows } linear => Dense(rows, Power(linear.HalfLife)),
            LinearScorer { Rows: SparseRows rows } linear => Sparse(rows, Power(linear.HalfLife)),
            FactorScorer factors => new FactorOnnx(_graph, factors.Model).Scores(_index, _counts),
            TraitScorer traits => Traits(traits, Power(traits.HalfLife)),
            ConstantScorer constant => _graph.Constant(constant.Values, 1, _n),
            _ => throw new NotSupportedException($"{scorer.GetType().Name} has no ONNX form"),
        };

        private string Scalar(float value) => _graph.Constant([value]);

        /// <summary>Raw id to row number; the row after the last stands for every unknown id.</summary>
        private string Encode(string itemIds)
        {
            var keys = _data.HasIntegerItemIds
                ? OnnxAttribute.Of("keys_int64s", _ids.Select(id => long.Parse(id, CultureInfo.InvariantCulture)))
                : OnnxAttribute.Of("keys_strings", _ids);
            return _graph.Node(
                "LabelEncoder", [itemIds], keys,
                OnnxAttribute.Of("values_int64s", Enumerable.Range(0, (int)_n).Select(i => (long)i)),
                OnnxAttribute.Of("default_int64", _n));
        }

        private string Power(double halfLife) =>
            _graph.Node("Where", [_counts, _graph.Node("Pow", [_weight, Scalar(HistoryWeights.Power(halfLife))]), Scalar(0)]);

        /// <summary>The rows of the history are gathered once per matrix, whatever the number of half-lives.</summary>
        private string Dense(DenseRows matrix, string weight)
        {
            long size = matrix.Size;
            if (!_gathered.TryGetValue(matrix, out var rows))
            {
                var table = _graph.Constant([.. matrix.Values, .. new float[size]], size + 1, size);
                var covered = _graph.Node("Min", [_index, _graph.Constant([size])]);
                rows = _gathered[matrix] = _graph.Node("Gather", [table, covered], OnnxAttribute.Of("axis", 0L));
            }

            var scores = _graph.Node("MatMul", [Row(weight), rows]);
            return size == _n
                ? scores
                : _graph.Node("Concat", [scores, _graph.Constant(new float[_n - size], 1, _n - size)], OnnxAttribute.Of("axis", 1L));
        }

        private string Sparse(SparseRows matrix, string weight)
        {
            long width = matrix.Width;
            if (!_sparse.TryGetValue(matrix, out var tables))
            {
                var columns = _graph.Constant([.. Array.ConvertAll(matrix.Columns, c => (long)c), .. new long[width]], _n + 1, width);
                var values = _graph.Constant([.. matrix.Values, .. new float[width]], _n + 1, width);
                tables = _sparse[matrix] = (
                    _graph.Node("Reshape", [_graph.Node("Gather", [columns, _index]), _minusOne]), _graph.Node("Gather", [values, _index]));
            }

            var column = _graph.Node("Reshape", [weight, _graph.Constant([-1L, 1L], 2)]);
            var weighted = _graph.Node("Reshape", [_graph.Node("Mul", [tables.Values, column]), _minusOne]);
            var sums = _graph.Node(
                "ScatterElements", [_graph.Constant(new float[_n], _n), tables.Targets, weighted],
                OnnxAttribute.Of("axis", 0L), OnnxAttribute.Of("reduction", "add"));
            return Row(sums);
        }

        private string Traits(TraitScorer scorer, string weight)
        {
            long width = scorer.Width;
            var table = _graph.Constant([.. scorer.Traits, .. new float[width]], _n + 1, width);
            var taste = _graph.Node("MatMul", [Row(weight), _graph.Node("Gather", [table, _index], OnnxAttribute.Of("axis", 0L))]);
            var scores = _graph.Node("MatMul", [
                _graph.Constant(scorer.Traits, _n, width), _graph.Node("Transpose", [taste], OnnxAttribute.Of("perm", [1L, 0L]))]);
            return Row(scores);
        }

        private string Row(string values) => _graph.Node("Reshape", [values, _graph.Constant([1L, -1L], 2)]);

        private string Standardize(string values)
        {
            OnnxAttribute[] overItems = [OnnxAttribute.Of("axes", [1L]), OnnxAttribute.Of("keepdims", 1L)];
            var centred = _graph.Node("Sub", [values, _graph.Node("ReduceMean", [values], overItems)]);
            var variance = _graph.Node("ReduceMean", [_graph.Node("Mul", [centred, centred])], overItems);
            var deviation = _graph.Node("Add", [_graph.Node("Sqrt", [variance]), Scalar(RetrievalModel.Epsilon)]);
            return _graph.Node("Div", [centred, deviation]);
        }

        private string AnyKnown()
        {
            var known = _graph.Node("And", [_graph.Node("Less", [_index, _graph.Constant([_n])]), _counts]);
            var number = _graph.Node("ReduceSum", [_graph.Node("Cast", [known], OnnxAttribute.Of("to", (long)OnnxGraph.Float))]);
            return _graph.Node("Greater", [number, Scalar(0)]);
        }

        /// <summary>By item: whether it is in the history.</summary>
        private string Seen()
        {
            var marks = _graph.Node("Expand", [Scalar(1), _graph.Node("Shape", [_index])]);
            var seen = _graph.Node(
                "ScatterElements", [_graph.Constant(new float[_n + 1], _n + 1), _index, marks], OnnxAttribute.Of("axis", 0L));
            var ofItems = _graph.Node("Slice", [seen, _graph.Constant([0L], 1), _graph.Constant([_n], 1)]);
            return _graph.Node("Greater", [ofItems, Scalar(0)]);
        }

        /// <summary>The candidates by lifted scores, in the order of the blend's.</summary>
        private void Choose(string total, string lifted, string k, string[] parts)
        {
            OnnxAttribute axis = OnnxAttribute.Of("axis", 1L);
            var bounded = _graph.Node("Min", [k, _graph.Constant([_n], 1)]);
            string[] chosen = [_graph.NewName(), _graph.NewName()];
            _graph.Node("TopK", [lifted, bounded], chosen, axis);
            var own = _graph.Node("GatherElements", [total, chosen[1]], axis);
            var order = _graph.NewName();
            _graph.Node("TopK", [own, bounded], ["scores", order], axis);
            var positions = _graph.Node("GatherElements", [chosen[1], order], axis);
            var ids = _data.HasIntegerItemIds
                ? _graph.Constant(Array.ConvertAll(_ids, id => long.Parse(id, CultureInfo.InvariantCulture)), _n)
                : _graph.Constant(_ids, _n);
            _graph.Node("Gather", [ids, positions], ["candidate_ids"], OnnxAttribute.Of("axis", 0L));
            var all = _graph.Node("Concat", parts, OnnxAttribute.Of("axis", 0L));
            var byItem = _graph.Node("Transpose", [all], OnnxAttribute.Of("perm", [1L, 0L]));
            _graph.Node("Gather", [byItem, positions], ["components"], OnnxAttribute.Of("axis", 0L));
            _graph.Output("candidate_ids", IdType, 1, "K");
            _graph.Output("scores", OnnxGraph.Float, 1, "K");
            _graph.Output("components", OnnxGraph.Float, 1, "K", parts.Length);
        }

        private Dictionary<string, string> Metadata() => new()
        {
            ["mlkit.model"] = "recommender-retrieval",
            ["mlkit.items"] = _n.ToString(CultureInfo.InvariantCulture),
            ["mlkit.id_type"] = _data.HasIntegerItemIds ? "INT64" : "BYTES",
            ["mlkit.components"] = string.Join(',', _model.Components.Select(part => part.Name)),
            ["mlkit.data_fingerprint"] = _data.Fingerprint,
        };
    }
}
