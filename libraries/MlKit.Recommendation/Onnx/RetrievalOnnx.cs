using System.Globalization;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Retrieval;

namespace MlKit.Recommendation.Onnx;

/// <summary>
/// Writes a retrieval model as ONNX. Inputs: <c>item_ids</c> [1, H] raw ids (INT64 where every id of the data is such
/// a number, else STRING), <c>weights</c> FLOAT [1, H] (see <see cref="HistoryWeights"/>; 0 only masks the item),
/// <c>k</c> INT64 [1]. Outputs, best first, K = min(k, items): <c>candidate_ids</c> [1, K] of the type of the inputs,
/// <c>scores</c> FLOAT [1, K], <c>components</c> FLOAT [1, K, 2] (z-scores of EASE and of transitions). Items of the
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

            var minusOne = _graph.Constant([-1L], 1);
            var index = _graph.Node("Reshape", [Encode(itemIds), minusOne]);
            var weight = _graph.Node("Reshape", [weights, minusOne]);
            var counts = _graph.Node("Greater", [weight, Scalar(0)]);

            var ease = Standardize(Ease(index, Power(weight, counts, _model.Options.EaseHalfLife)));
            var transitions = Standardize(Transitions(index, Power(weight, counts, _model.Options.TransitionHalfLife), minusOne));
            var blend = _graph.Node("Add", [ease, _graph.Node("Mul", [transitions, Scalar((float)_model.Options.TransitionWeight)])]);
            var popularity = _graph.Constant(_model.Popularity, 1, _n);
            var scores = _graph.Node("Where", [AnyKnown(index, counts), blend, popularity]);
            TopK(Mask(scores, index), k, ease, transitions);
            return _graph.ToBytes(Metadata());
        }

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

        private string Power(string weight, string counts, double halfLife) =>
            _graph.Node("Where", [counts, _graph.Node("Pow", [weight, Scalar(HistoryWeights.Power(halfLife))]), Scalar(0)]);

        private string Ease(string index, string weight)
        {
            var matrix = _graph.Constant([.. _model.Ease, .. new float[_n]], _n + 1, _n);
            var rows = _graph.Node("Gather", [matrix, index], OnnxAttribute.Of("axis", 0L));
            var row = _graph.Node("Reshape", [weight, _graph.Constant([1L, -1L], 2)]);
            return _graph.Node("MatMul", [row, rows]);
        }

        private string Transitions(string index, string weight, string minusOne)
        {
            long width = _model.Transitions.Width;
            var columns = _graph.Constant([.. Array.ConvertAll(_model.Transitions.Columns, c => (long)c), .. new long[width]], _n + 1, width);
            var values = _graph.Constant([.. _model.Transitions.Values, .. new float[width]], _n + 1, width);
            var targets = _graph.Node("Reshape", [_graph.Node("Gather", [columns, index]), minusOne]);
            var column = _graph.Node("Reshape", [weight, _graph.Constant([-1L, 1L], 2)]);
            var weighted = _graph.Node("Mul", [_graph.Node("Gather", [values, index]), column]);
            var sums = _graph.Node(
                "ScatterElements", [_graph.Constant(new float[_n], _n), targets, _graph.Node("Reshape", [weighted, minusOne])],
                OnnxAttribute.Of("axis", 0L), OnnxAttribute.Of("reduction", "add"));
            return _graph.Node("Reshape", [sums, _graph.Constant([1L, -1L], 2)]);
        }

        private string Standardize(string values)
        {
            OnnxAttribute[] overItems = [OnnxAttribute.Of("axes", [1L]), OnnxAttribute.Of("keepdims", 1L)];
            var centred = _graph.Node("Sub", [values, _graph.Node("ReduceMean", [values], overItems)]);
            var variance = _graph.Node("ReduceMean", [_graph.Node("Mul", [centred, centred])], overItems);
            var deviation = _graph.Node("Add", [_graph.Node("Sqrt", [variance]), Scalar(RetrievalModel.Epsilon)]);
            return _graph.Node("Div", [centred, deviation]);
        }

        private string AnyKnown(string index, string counts)
        {
            var known = _graph.Node("And", [_graph.Node("Less", [index, _graph.Constant([_n])]), counts]);
            var number = _graph.Node("ReduceSum", [_graph.Node("Cast", [known], OnnxAttribute.Of("to", (long)OnnxGraph.Float))]);
            return _graph.Node("Greater", [number, Scalar(0)]);
        }

        private string Mask(string scores, string index)
        {
            var marks = _graph.Node("Expand", [Scalar(1), _graph.Node("Shape", [index])]);
            var seen = _graph.Node(
                "ScatterElements", [_graph.Constant(new float[_n + 1], _n + 1), index, marks], OnnxAttribute.Of("axis", 0L));
            var ofItems = _graph.Node("Slice", [seen, _graph.Constant([0L], 1), _graph.Constant([_n], 1)]);
            return _graph.Node("Where", [_graph.Node("Greater", [ofItems, Scalar(0)]), Scalar(Masked), scores]);
        }

        private void TopK(string scores, string k, string ease, string transitions)
        {
            var bounded = _graph.Node("Min", [k, _graph.Constant([_n], 1)]);
            _graph.Node("TopK", [scores, bounded], ["scores", "positions"], OnnxAttribute.Of("axis", 1L));
            var ids = _data.HasIntegerItemIds
                ? _graph.Constant(Array.ConvertAll(_ids, id => long.Parse(id, CultureInfo.InvariantCulture)), _n)
                : _graph.Constant(_ids, _n);
            _graph.Node("Gather", [ids, "positions"], ["candidate_ids"], OnnxAttribute.Of("axis", 0L));
            var both = _graph.Node("Concat", [ease, transitions], OnnxAttribute.Of("axis", 0L));
            var pairs = _graph.Node("Transpose", [both], OnnxAttribute.Of("perm", [1L, 0L]));
            _graph.Node("Gather", [pairs, "positions"], ["components"], OnnxAttribute.Of("axis", 0L));
            _graph.Output("candidate_ids", IdType, 1, "K");
            _graph.Output("scores", OnnxGraph.Float, 1, "K");
            _graph.Output("components", OnnxGraph.Float, 1, "K", 2);
        }

        private Dictionary<string, string> Metadata() => new()
        {
            ["mlkit.model"] = "recommender-retrieval",
            ["mlkit.items"] = _n.ToString(CultureInfo.InvariantCulture),
            ["mlkit.id_type"] = _data.HasIntegerItemIds ? "INT64" : "BYTES",
            ["mlkit.components"] = "ease,transitions",
            ["mlkit.data_fingerprint"] = _data.Fingerprint,
        };
    }
}
